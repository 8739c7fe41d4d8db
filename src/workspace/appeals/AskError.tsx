import type { DeskFailure } from "#workspace/desk/client.ts";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";

/** Why the desk has no answer, in words. */
export function AskError({ error }: { readonly error: DeskFailure }) {
  return <RefusalAlert refusal={{ code: error.code, message: error.message }} />;
}

import { refuse, type Refusal, type Result } from "#record/result.ts";
import { DeskFailure } from "#workspace/desk/client.ts";

/** A refusal, whether it was answered or thrown by a call that failed. */
export async function answerOf<T>(answer: Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof DeskFailure)) throw error;
    return refuse({ code: error.code, message: error.message });
  }
}

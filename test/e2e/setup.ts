/** Before the first browser test: what all of them stand on is made once, and not by the first two at the same time. */
import { preparedSample } from "./prepared-sample.ts";

export async function globalSetup(): Promise<void> {
  await preparedSample();
}

import { openLog } from "#log/sequencer.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { signatureType, verifierKey } from "#record/note.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { localPort } from "#session/record-port.ts";
import { fromParts } from "#storage/memory/store-parts.ts";
import { decodeKeyring } from "#vault/keys/keyring-content.ts";
import type { Language } from "#language/language.ts";
import type { Desk } from "../desk/desk.ts";
import { memoryLocalStore } from "../desk/local-store.ts";
import { memoryFiles } from "../desk/waiting-files.ts";
import { dossierCalls } from "../dossiers/calls.ts";
import { alteredCopy } from "./altered-copy.ts";
import { openSamplePost } from "./sample-post.ts";
import { sampleOrigin, sampleSeeds } from "./sample-keys.ts";
import { accusedAppeal } from "./steps.ts";

export const tourCalls = {
  /**
   * Opens the sample foundation in this tab's memory, log included: whatever is recorded in it is signed, sealed and
   * verified like the real thing, and gone when the tab is closed. Nothing of it reaches the server.
   */
  "sample.open": async (desk: Desk): Promise<{ member: string }> => {
    const [record, keys] = await Promise.all([
      desk.server.bytes(`/app/sample/record-${desk.language}.bin`),
      desk.server.bytes("/app/sample/keyring.json"),
    ]);
    if (record === undefined || keys === undefined)
      throw new Failure("sample-missing", "this server was built without the sample foundation");
    const store = fromParts(record);
    if (!store.ok) throw refused(store.refusal);
    const keyring = decodeKeyring(keys);
    if (keyring === undefined) throw new Failure("sample-missing", "the keys of the sample are damaged");
    const logSigner = signerFromSeed(sampleSeeds.log);
    const log = await openLog({ store: store.value, logSigner, origin: sampleOrigin });
    if (!log.ok) throw refused(log.refusal);
    desk.close();
    await desk.open({
      port: localPort(store.value, log.value),
      logKey: verifierKey(sampleOrigin, signatureType.ed25519, logSigner.publicKey),
      keyring,
      local: memoryLocalStore(),
      files: memoryFiles(desk.randomBytes),
      letters: openSamplePost({
        by: keyring.member,
        origin: desk.server.origin,
        now: () => desk.now(),
        onAnswer: () => desk.tell({ kind: "changed" }),
      }),
      isSample: true,
      keepKeyring: async () => {},
    });
    return { member: desk.session.member };
  },

  /** A dossier about the accusation, and one digit in it that is not true. For the tour, which has it checked. */
  "tour.altered-dossier": async (
    desk: Desk,
    { language }: { language: Language },
  ): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> => {
    const question = { kind: "appeal", id: accusedAppeal } as const;
    const made = await dossierCalls["dossiers.make"](desk, {
      question,
      claim: "31000000 KZT raised",
      disclose: [],
    });
    await dossierCalls["dossiers.close"](desk);
    const bytes = alteredCopy(made.bytes, language);
    if (bytes === undefined) throw new Error("bug: the statement does not show what was raised");
    return { name: made.name.replace(/\.zip$/u, "-altered.zip"), bytes };
  },
};

import type { ByteSource } from "./source.ts"; import type { ReadOptions, StatementEvent } from "./types.ts"; import {refused} from "./emit.ts";
export async function readXlsx(_s: ByteSource, _o: ReadOptions): Promise<Iterable<StatementEvent>> { return [refused("x","x")]; }

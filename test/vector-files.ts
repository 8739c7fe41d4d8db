/** Test vectors of others, as they were published; `test/vectors/SOURCES.md` says where each comes from. */
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./vectors/", import.meta.url);

export function vectorText(path: string): string {
  return readFileSync(new URL(path, folder), "utf8");
}

export function vectorBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, folder)));
}

/** The caller states the shape; a file of another shape makes the test fail. */
export function vectorJson<T>(path: string): T {
  return JSON.parse(vectorText(path)) as T;
}

export function vectorNames(path: string): string[] {
  return readdirSync(new URL(path, folder)).sort();
}

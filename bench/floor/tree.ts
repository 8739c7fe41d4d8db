import { Buffer } from "node:buffer";
import { hash } from "node:crypto";

const leafInput = Buffer.alloc(34);
leafInput[1] = 1;

/** RFC 6962 leaf of an entry: SHA-256(0x00 || 0x01 || hash of the entry). */
export function leafOf(entryHash: Buffer): Buffer {
  entryHash.copy(leafInput, 2);
  return hash("sha256", leafInput, "buffer");
}

const nodeInput = Buffer.alloc(65);
nodeInput[0] = 1;

export function nodeOf(left: Buffer, right: Buffer): Buffer {
  left.copy(nodeInput, 1);
  right.copy(nodeInput, 33);
  return hash("sha256", nodeInput, "buffer");
}

/** The right edge of a Merkle tree, and nothing else. */
export class BareTree {
  readonly #stack: Buffer[] = [];
  #size = 0;

  append(leaf: Buffer): void {
    let node = leaf;
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2)
      node = nodeOf(this.#stack.pop() as Buffer, node);
    this.#stack.push(node);
    this.#size++;
  }

  root(): Buffer {
    let node = this.#stack.at(-1) ?? hash("sha256", "", "buffer");
    for (let i = this.#stack.length - 2; i >= 0; i--) node = nodeOf(this.#stack[i] as Buffer, node);
    return node;
  }
}

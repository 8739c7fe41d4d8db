// hypercore doing the nearest thing: an encrypted core on disk, blocks of the same size, appended one by one or in
// batches; verified by replicating all of it to a fresh core, which checks hashes and signatures as they arrive.
// usage: hypercore.mjs JSON   ({mode: "append" | "verify", folder, entries, batch, bytes})
import { randomBytes } from "node:crypto";
import process from "node:process";
import Hypercore from "hypercore";

const { mode, folder, entries, batch, bytes } = JSON.parse(process.argv[2]);
const key = Buffer.alloc(32, 7);
const encryption = { key };

function timer() {
  const from = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { ms: performance.now() - from, cpuMs: (user + system) / 1000 };
  };
}

// Random content, cut at shifting places: making it anew for each block would be measured too.
const pool = randomBytes(bytes + 4096);
const block = (i) => pool.subarray(i % 4096, (i % 4096) + bytes);

if (mode === "append") {
  const core = new Hypercore(folder, { encryption });
  await core.ready();
  const stop = timer();
  if (batch === 1) for (let i = 0; i < entries; i++) await core.append(block(i));
  else
    for (let from = 0; from < entries; from += batch) {
      const size = Math.min(batch, entries - from);
      await core.append(Array.from({ length: size }, (_, i) => block(from + i)));
    }
  const time = stop();
  await core.close();
  process.stdout.write(JSON.stringify({ entries, ...time }));
} else {
  const source = new Hypercore(folder, { encryption });
  await source.ready();
  const target = new Hypercore(`${folder}-copy`, source.key, { encryption });
  await target.ready();
  const stop = timer();
  const one = source.replicate(true, { keepAlive: false });
  const other = target.replicate(false, { keepAlive: false });
  one.on("error", () => {});
  other.on("error", () => {});
  one.pipe(other).pipe(one);
  await target.update({ wait: true });
  await target.download({ start: 0, end: source.length }).done();
  const time = stop();
  if (target.contiguousLength !== source.length) throw new Error("hypercore: not all of it arrived");
  process.stdout.write(JSON.stringify({ entries: source.length, ...time }));
  await target.close();
  await source.close();
  process.exit(0);
}

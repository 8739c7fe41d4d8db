/** Six groups to read aloud, large enough to be read from a telephone held at the ear. */
export function SafetyNumber({ number }: { readonly number: string }) {
  return (
    <p className="safety-number">
      {number.split(" ").map((group, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- two groups may be the same
        <span key={i}>{group}</span>
      ))}
    </p>
  );
}

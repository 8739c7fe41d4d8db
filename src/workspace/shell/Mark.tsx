/** The sign of the program, as on its icon. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 100 100" role="img" aria-label="Aigaq">
      <rect width="100" height="100" rx="24" />
      <path d="M30 52 44 66 71 34" />
    </svg>
  );
}

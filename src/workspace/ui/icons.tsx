/**
 * Our icons: 20 units wide, strokes of 1.6, drawn for 20 px. Inline, because an icon font reads as nonsense to a screen
 * reader and a package of icons weighs more than the program. Always beside a text or on a control that has a label.
 */
const shapes = {
  overview: "M3.5 3.5h5.5v7H3.5zM11 3.5h5.5v4H11zM11 9.5h5.5v7H11zM3.5 12.5h5.5v4H3.5z",
  import: "M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 13v2a1.5 1.5 0 0 0 1.5 1.5h10a1.5 1.5 0 0 0 1.5-1.5v-2",
  matching: "M3.5 5.5h4.2c3 0 2.6 9 5.6 9h3.2M14.2 12l2.5 2.5-2.5 2.5M3.5 14.5h3M11.5 5.5h5",
  appeals:
    "M10 16.5C5.5 13.3 3.2 10.6 3.2 7.8A3.6 3.6 0 0 1 10 6.2a3.6 3.6 0 0 1 6.8 1.6c0 2.8-2.3 5.5-6.8 8.7z",
  posts: "M4 8v4h2.5l6.5 3.5v-11L6.5 8H4zM7 12.2l1 4.3M15.7 7.6a4 4 0 0 1 0 4.8",
  spending: "M5 3.5h10v13l-2-1.4-1.5 1.4-1.5-1.4-1.5 1.4L7 15.1l-2 1.4zM7.8 7.2h4.4M7.8 10.2h4.4",
  accounts: "M3 8.2 10 4l7 4.2M4.5 8.5v6M8.2 8.5v6M11.8 8.5v6M15.5 8.5v6M3 16.5h14",
  periods: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5M7.5 12.3l1.7 1.7 3.3-3.3",
  dossiers: "M3.5 5.5h4.7l1.6 2h6.7v8.5h-13zM7.2 11.7l1.9 1.8 3.6-3.6",
  members:
    "M7.5 9.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 16.2c.2-3 2-4.7 4.7-4.7s4.5 1.7 4.7 4.7M13 9.2a2.3 2.3 0 1 0-.7-4.5M14 11.6c2 .3 3.1 1.8 3.3 4.2",
  activity: "M2.8 10.5h3.4l2.3-6 3.3 11 2.2-5h3.2",
  search: "M9 14.2A5.2 5.2 0 1 0 9 3.8a5.2 5.2 0 0 0 0 10.4zM13 13l3.7 3.7",
  more: "M4 6h12M4 10h12M4 14h12",
  close: "M5 5l10 10M15 5 5 15",
  check: "M4 10.5 8.2 14.5 16 6",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  back: "M11.5 4.5 6 10l5.5 5.5",
  next: "M8.5 4.5 14 10l-5.5 5.5",
  down: "M5 7.8 10 12.6l5-4.8",
  up: "M5 12.2 10 7.4l5 4.8",
  sort: "M6.5 8 10 4.5 13.5 8M6.5 12 10 15.5 13.5 12",
  lock: "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  unlock: "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 5.8-1",
  key: "M7 13.5a3.5 3.5 0 1 1 3.2-4.9H17v3h-2v2h-2.5v-2h-2.3A3.5 3.5 0 0 1 7 13.5zM6.6 10h.1",
  signOut: "M11.5 3.5h-7v13h7M8.5 10H17M14 7l3 3-3 3",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  eyeOff:
    "M3.5 3.5l13 13M8.3 5.2A8 8 0 0 1 10 5c5 0 7.5 5 7.5 5a13 13 0 0 1-2 2.6M5.3 6.6A12 12 0 0 0 2.5 10S5 15 10 15a7.4 7.4 0 0 0 3.2-.7M8.5 8.5a2.2 2.2 0 0 0 3 3",
  bell: "M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.5 1.5H4zM8.5 17h3",
  outbox: "M3.5 11.5 5.5 4h9l2 7.5v4.5h-13zM3.5 11.5h4l1 2h3l1-2h4",
  online: "M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6zM6.8 10.3l2.3 2.2 4.2-4.7",
  offline:
    "M3.5 3.5l13 13M6.2 15.5h8.3M14.8 12.7A3.2 3.2 0 0 0 13.5 7.3 4.5 4.5 0 0 0 8 5.2M5.9 7.4a4 4 0 0 0-.4 8",
  sun: "M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3",
  moon: "M16.5 11.5A6.8 6.8 0 0 1 8.5 3.5a6.8 6.8 0 1 0 8 8z",
  screen: "M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3",
  rows: "M3.5 5h13M3.5 10h13M3.5 15h13",
  rowsDense: "M3.5 4h13M3.5 7h13M3.5 10h13M3.5 13h13M3.5 16h13",
  globe:
    "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c2 2 2.9 4.3 2.9 7S12 15 10 17c-2-2-2.9-4.3-2.9-7S8 5 10 3z",
  download: "M10 3.5v9M6.5 9l3.5 3.5L13.5 9M4 16.5h12",
  upload: "M10 12.5v-9M6.5 7 10 3.5 13.5 7M4 16.5h12",
  camera: "M3 6.5h3l1.3-2h5.4l1.3 2h3v9.5H3zM10 13.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z",
  copy: "M7.5 7.5h9v9h-9zM5 12.5H3.5v-9h9V5",
  print: "M6 7V3.5h8V7M6 14H3.5V7h13v7H14M6 11.5h8v5H6z",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.2v4M10 14.3v.1",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.3v4.2M10 6.6v.1",
  undo: "M7 4.5 3.5 8 7 11.5M3.5 8h8a4.5 4.5 0 0 1 0 9H8",
  external: "M8 4.5H4v11.5h11.5V12M11.5 4H16v4.5M16 4l-7 7",
  public: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3.5 8h13M3.5 12.2h13M10 3c-4 4-4 10 0 14M10 3c4 4 4 10 0 14",
  seal: "M10 3 15.5 5v4.5c0 3.5-2.3 6-5.5 7.5-3.2-1.5-5.5-4-5.5-7.5V5zM7.5 10l1.8 1.8 3.2-3.5",
  keyboard: "M2.5 5.5h15v9h-15zM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M6.5 11.5h7",
  device: "M6 3h8v14H6zM9 14.5h2",
  columns: "M3.5 4h13v12h-13zM8 4v12M12.3 4v12",
  tour: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM13 7l-1.8 4.2L7 13l1.8-4.2z",
  dots: "M5 10h.1M10 10h.1M15 10h.1",
} as const;

export type IconName = keyof typeof shapes;

/** An icon of ours. Hidden from screen readers: the text beside it, or the label of its button, says what it means. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "dots" ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}

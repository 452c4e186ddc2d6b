/** Our icons: 24 × 24, drawn with one line. They are decoration; the words stand beside them or in a label. */
const shapes = {
  inbox:
    "M4 13.5 6.6 6.2A2 2 0 0 1 8.5 5h7a2 2 0 0 1 1.9 1.2L20 13.5V17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 13.5h4.2l1.3 2.5h5l1.3-2.5H20",
  settings:
    "M4 7h9M17.5 7H20M4 17h2.5M11 17h9M15.2 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M8.8 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M20 20l-4.8-4.8",
  send: "M5 12h13M12.5 5.5 19 12l-6.5 6.5",
  check: "m5 12.5 4.5 4.5L19 7.5",
  double: "m2.5 12.5 4 4 8-8.5M11 15.8l.8.7 9-9.5",
  x: "M6 6l12 12M18 6 6 18",
  mail: "M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4.5 7.5 12 13l7.5-5.5",
  opened: "M4 10.5 12 5l8 5.5V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4.5 11l7.5 5 7.5-5",
  returned: "M9 7 4.5 11.5 9 16M5 11.5h9.5a5 5 0 0 1 5 5V18",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2",
  hold: "M9 6v12M15 6v12",
  play: "M8 5.5 18.5 12 8 18.5z",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20a7.5 7.5 0 0 1 15 0",
  assign: "M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M3 20a7 7 0 0 1 11.5-5.4M18.5 14v6M15.5 17h6",
  unlink: "M10 14.5 7.5 17a3.2 3.2 0 0 1-4.5-4.5L6 9.8M14 9.5 16.5 7A3.2 3.2 0 0 1 21 11.5l-3 2.7M4 4l16 16",
  more: "M5.5 12h.010M12 12h.010M18.5 12h.01",
  back: "M14.5 6 8.5 12l6 6",
  down: "m6 9.5 6 6 6-6",
  right: "m9.5 6 6 6-6 6",
  copy: "M9 9h9a1.5 1.5 0 0 1 1.5 1.5V19a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 7.5 19v-8.5A1.5 1.5 0 0 1 9 9M4.5 15V5.5A1.5 1.5 0 0 1 6 4h9",
  external:
    "M13.5 5H19v5.5M19 5l-8 8M16.5 14.5V18a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V9A1.5 1.5 0 0 1 6 7.5h3.5",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11.5V16M12 8h.01",
  alert: "M12 4 21 19.5H3zM12 10v4.5M12 17h.01",
  bot: "M6.5 9h11A1.5 1.5 0 0 1 19 10.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 17.5v-7A1.5 1.5 0 0 1 6.5 9M12 9V5M9.5 13.5v1M14.5 13.5v1",
  refresh: "M19 12a7 7 0 1 1-2.3-5.2L19 9M19 4.5V9h-4.5",
  leave: "M10 5H6.5A1.5 1.5 0 0 0 5 6.5v11A1.5 1.5 0 0 0 6.5 19H10M14.5 8l4 4-4 4M18 12H9.5",
  reopen: "M5 12a7 7 0 1 0 2.3-5.2L5 9M5 4.5V9h4.5",
  ban: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M6 6l12 12",
  details:
    "M5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-11A1.5 1.5 0 0 1 5.5 5M14.5 5v14",
  lock: "M7 11h10a1.5 1.5 0 0 1 1.5 1.5V18a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 18v-5.5A1.5 1.5 0 0 1 7 11M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M10 4h4M7 7l.8 12a1 1 0 0 0 1 1h6.4a1 1 0 0 0 1-1L17 7",
  reply: "M9.5 7 5 11.5 9.5 16M5.5 11.5H15a4 4 0 0 1 4 4V17",
  chat: "M5 17.5V7.5A2.5 2.5 0 0 1 7.5 5h9A2.5 2.5 0 0 1 19 7.5v6a2.5 2.5 0 0 1-2.5 2.5H9z",
  offline:
    "M4 4l16 16M8.5 15.5a5 5 0 0 1 5.3-1.1M5 12a10 10 0 0 1 3.5-2.2M12 8.5a10 10 0 0 1 7 3.5M12 19h.01",
  work: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8.5 12h7",
  shield: "M12 3.5 19 6v5.5c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10",
  unverified: "M12 3.5 19 6v5.5c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6zM12 8.5v4M12 15.5h.01",
  key: "M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8M10.8 12.2 19 4M15.5 7.5l2.8 2.8",
  tag: "M4 5.5A1.5 1.5 0 0 1 5.5 4h6l8 8a1.5 1.5 0 0 1 0 2.1l-5.4 5.4a1.5 1.5 0 0 1-2.1 0l-8-8zM8.5 8.5h.01",
  fields: "M4.5 6h15M4.5 12h15M4.5 18h9",
  history: "M5 12a7 7 0 1 0 2.3-5.2L5 9M5 4.5V9h4.5M12 8.5V12l2.5 1.5",
  clip: "m18.5 11.5-6.6 6.6a4 4 0 0 1-5.7-5.7l7-7a2.7 2.7 0 0 1 3.8 3.8l-6.9 6.9a1.3 1.3 0 0 1-1.9-1.9l6.2-6.2",
  file: "M7 3.5h6.5L18.5 8.5V19a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5M13.5 3.5V8.5h5",
  download: "M12 4v10.5M7.5 10.5 12 15l4.5-4.5M5 19.5h14",
  star: "m12 4 2.5 5.1 5.5.8-4 3.9 1 5.5-5-2.6-5 2.6 1-5.5-4-3.9 5.5-.8z",
  eye: "M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  archive: "M4.5 5h15v4h-15zM6 9v9a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 18 18V9M10 12.5h4",
  question:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M9.7 9.5a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.200.9-1.200 1.7M12 16.3h.01",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.6 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  );
}

/** Logo is the sign of the product: a speech bubble whose tail comes back. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#3650cf" />
      <path
        d="M9 21.5V12a3.5 3.5 0 0 1 3.5-3.5h7A3.5 3.5 0 0 1 23 12v4a3.5 3.5 0 0 1-3.5 3.5H13m3-3.2-3.4 3.2 3.4 3.2"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Icons are single paths of 24 units, drawn in the colour of their text. */
const paths = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5.5l6.5 6.5-6.5 6.5",
  list: "M4 7h16M4 12h16M4 17h10",
  back: "M15 5l-7 7 7 7",
  down: "M12 5v13M5.5 12l6.5 6.5 6.5-6.5",
  bot: "M12 3.5V7M6.5 7h11A2.5 2.5 0 0 1 20 9.5v7a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 16.5v-7A2.5 2.5 0 0 1 6.5 7zM9 12.5v1.5M15 12.5v1.5",
  check: "M4.5 12.5l4.5 4.5L19.5 7",
  alert: "M12 7.5v6M12 16.6v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  link: "M9.5 14.5l5-5M10.5 6.5l1.8-1.8a4.2 4.2 0 0 1 6 6l-1.8 1.8M13.5 17.5l-1.8 1.8a4.2 4.2 0 0 1-6-6l1.8-1.8",
  cloud: "M4 4l16 16M8 8.3A5.5 5.5 0 0 0 7 19h10M19.6 16.6A4.3 4.3 0 0 0 17.4 9.500A5.5 5.500 0 0 0 11 6.200",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={`icon ${name}`}>
      <path d={paths[name]} />
    </svg>
  );
}

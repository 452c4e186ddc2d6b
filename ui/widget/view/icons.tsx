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
  cloud: "M4 4l16 16M8 8.3A5.5 5.5 0 0 0 7 19h10M19.6 16.6A4.3 4.3 0 0 0 17.4 9.5A5.5 5.5 0 0 0 11 6.2",
  clip: "M20 11.2l-8.3 8.3a5.3 5.3 0 0 1-7.5-7.5l8.5-8.5a3.5 3.5 0 0 1 5 5l-8.4 8.4a1.8 1.8 0 0 1-2.5-2.5l7.7-7.7",
  paper: "M13.5 3H7.5A2 2 0 0 0 5.5 5v14a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2V8zM13.5 3v5h5",
  clock: "M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  save: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  star: "M12 3.4l2.7 5.4 6 .9-4.3 4.2 1 6-5.4-2.8-5.4 2.8 1-6L3.3 9.7l6-.9z",
  person: "M12 4.2a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8zM4.8 20c.6-3.5 3.5-5.3 7.2-5.3s6.600 1.8 7.2 5.3",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={`icon ${name}`}>
      <path d={paths[name]} />
    </svg>
  );
}

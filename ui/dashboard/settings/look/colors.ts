import type { Colors, Tint, WebChatSettings } from "../../../shared/agent";

/** Area is a colour that people choose: the brand's, or that of one area of the chat. */
export type Area = "brand" | keyof Colors;

/** The areas with a colour of their own, in the order of the page. */
export const areas: { area: keyof Colors; label: string; help: string }[] = [
  { area: "header", label: "Header", help: "The bar above the conversation." },
  { area: "launcher", label: "Launcher", help: "The round button on your pages." },
  { area: "user_bubble", label: "Visitor’s messages", help: "The bubbles of the visitor." },
  { area: "support_bubble", label: "Your messages", help: "The bubbles of agents and bots." },
  {
    area: "accent",
    label: "Links and marks",
    help: "Links, small marks, and the ring around what has the focus.",
  },
];

/** fieldOf is how the server names an area's setting. */
export const fieldOf = (area: Area) => (area === "brand" ? "color" : `colors.${area}`);

const whole = /^#[0-9a-f]{6}$/i;

export const isColor = (text: string) => whole.test(text);

/** colorProblem says what is wrong with a colour. What may still become one is left in peace. */
export function colorProblem(text: string): string {
  if (isColor(text) || /^#?[0-9a-f]{0,5}$/i.test(text)) return "";
  return "Give the colour as # and six hexadecimal digits, for example #2f5bea.";
}

/** areColors reports whether the server can show the colours. */
export const areColors = ({ color, colors }: WebChatSettings) =>
  isColor(color) && Object.values(colors).every((c) => c === "" || isColor(c));

/** tintWords says how a colour comes out: whether text on it can be read, and where it had to be moved. */
export function tintWords(tints: readonly Tint[], area: Area, chosen: string): string {
  const [light, dark] = [
    tints.find((t) => t.area === area && !t.dark),
    tints.find((t) => t.area === area && t.dark),
  ];
  if (!light || !dark || !chosen) return "";
  const ratio = `${light.contrast} : 1`;
  const moved = [light.changed && "light", dark.changed && "dark"].filter(Boolean).join(" and ");
  const what =
    area === "accent"
      ? "Contrast"
      : `${nameOf(light.text)} ${area === "launcher" ? "icon" : "text"}, contrast`;
  if (!moved) return `${what} ${ratio}.`;
  const shown = (light.changed ? light : dark)[area === "accent" ? "text" : "fill"];
  return `Too weak on ${moved} screens: shown there as ${shown}. ${what} ${ratio}.`;
}

const nameOf = (text: string) => (text === "#ffffff" ? "White" : "Black");

import { contrast, readable, textOn } from "../shared/color";

/** applyTheme derives the panel's colours from the brand's, for light and dark, so that all text is readable. */
export function applyTheme(brand: string): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const color = /^#[0-9a-f]{6}$/i.test(brand) ? brand : "#2f5fd0";
  const apply = () => {
    const ground = dark.matches ? "#15171c" : "#f6f7f9";
    const fill = contrast(color, ground) < 1.35 ? readable(color, ground, 1.35) : color;
    const set = (name: string, value: string) => document.documentElement.style.setProperty(name, value);
    set("--brand", fill);
    set("--on-brand", textOn(fill));
    set("--accent", readable(color, dark.matches ? "#1f2229" : "#f6f7f9"));
  };
  dark.addEventListener("change", apply);
  apply();
}

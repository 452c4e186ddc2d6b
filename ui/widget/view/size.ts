import { locale } from "../strings/strings";

const units = ["kilobyte", "megabyte", "gigabyte"];

/** sizeOf writes a number of bytes as people do, in steps of 1,024: 640 kB, 1.4 MB. The least is 1 kB. */
export function sizeOf(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(bytes || 1) / 10) - 1));
  const value = Math.max(1, bytes / 1024 ** (step + 1));
  const maximumFractionDigits = value < 10 && step > 0 ? 1 : 0;
  const unit = units[step];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits }).format(value);
}

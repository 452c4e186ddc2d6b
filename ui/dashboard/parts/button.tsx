import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./icon";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "plain" | "primary" | "danger" | "quiet";
  size?: "small";
  wide?: boolean;
  busy?: boolean;
  icon?: IconName;
}

/** Button; while busy it shows a spinner and cannot be pressed again. */
export function Button({ kind = "plain", size, wide, busy, icon, className = "", children, ...rest }: Props) {
  const classes = ["button", kind, size, wide && "wide", !children && "icon-only", className];
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      aria-busy={busy || undefined}
      className={classes.filter(Boolean).join(" ")}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

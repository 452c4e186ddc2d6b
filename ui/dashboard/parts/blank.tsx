import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

interface Props {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Blank fills a place where there is nothing to show, and says what to do about it. */
export function Blank({ icon, title, children, action }: Props) {
  return (
    <div className="blank">
      <span className="blank-icon">
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { Icon } from "../parts/icon";
import { triggers } from "./words";

interface Props {
  trigger: string;
  set: (trigger: string) => void;
}

/** TriggerSection says when the automation is tried. */
export function TriggerSection({ trigger, set }: Props) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>When</h2>
      <RadioGroup.Root className="trigger-cards" value={trigger} onValueChange={set} aria-labelledby={id}>
        {Object.entries(triggers).map(([value, { title, about, icon }]) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="trigger-card"
            aria-label={title}
            aria-describedby={`${id}-${value}`}
          >
            <span className="trigger-title">
              <Icon name={icon} size={17} /> {cardTitle(title)}
            </span>
            <span className="help" id={`${id}-${value}`}>
              {about}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </section>
  );
}

/** cardTitle is the title without the word that stands above the cards. */
const cardTitle = (title: string) => title.replace(/^When (.)/, (_, first: string) => first.toUpperCase());

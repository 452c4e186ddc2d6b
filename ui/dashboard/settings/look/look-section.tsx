import { useState } from "react";
import type { Tint } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { errorAt, withChat, withColors } from "../draft";
import { Section, type SectionProps } from "../section";
import { ColorField } from "./color-field";
import { areas, colorProblem, fieldOf, tintWords } from "./colors";

interface Props extends SectionProps {
  tints: readonly Tint[];
  appName: string;
}

/** LookSection is the title and the colours of the chat. */
export function LookSection({ draft, onChange, problem, tints, appName }: Props) {
  const { title, color } = draft.web_chat;
  const length = Array.from(title).length;
  return (
    <Section
      title="Look"
      text="The colours hold for light and dark screens. Text on them turns black or white by itself, so that it can be read."
    >
      <Field
        label="Title"
        help={`What the chat’s header says. Leave it empty for the app’s name. ${length} of 60 characters.`}
        error={errorAt(problem, "title") || (length > 60 ? "At most 60 characters fit." : "")}
      >
        {(props) => (
          <input
            {...props}
            dir="auto"
            autoComplete="off"
            placeholder={appName}
            value={title}
            onChange={(e) => onChange(withChat(draft, { title: e.target.value }))}
          />
        )}
      </Field>
      <ColorField
        label="Colour of your brand"
        help="Of everything below that has no colour of its own."
        error={errorAt(problem, "color") || colorProblem(color)}
        words={tintWords(tints, "brand", color)}
        value={color}
        set={(value) => onChange(withChat(draft, { color: value }))}
      />
      <Areas draft={draft} onChange={onChange} problem={problem} tints={tints} />
    </Section>
  );
}

/** Areas is folded away while nothing in it is set: one colour suits most brands. */
function Areas({ draft, onChange, problem, tints }: Omit<Props, "appName">) {
  const { color, colors } = draft.web_chat;
  const [open, setOpen] = useState(() => Object.values(colors).some(Boolean));
  const wrong = problem?.field.startsWith("colors.") ?? false;
  return (
    <details className="limits" open={open || wrong} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <Icon name="right" size={16} className="limits-arrow" />
        <span>
          Colours of single areas
          <span className="help"> Header, launcher, messages and links.</span>
        </span>
      </summary>
      <div className="limits-body colors">
        {areas.map(({ area, label, help }) => (
          <ColorField
            key={area}
            label={label}
            help={help}
            error={errorAt(problem, fieldOf(area)) || colorProblem(colors[area])}
            words={tintWords(tints, area, colors[area])}
            value={colors[area]}
            fallback={area === "support_bubble" ? "#ffffff" : color}
            set={(value) => onChange(withColors(draft, { [area]: value }))}
          />
        ))}
      </div>
    </details>
  );
}

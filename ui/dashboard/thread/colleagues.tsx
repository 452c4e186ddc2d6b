import { Avatar } from "../parts/avatar";
import { type Here, writingWords } from "./here";

const most = 3;

/** Colleagues shows who else looks at the conversation. */
export function Colleagues({ here }: { here: Here[] }) {
  if (here.length === 0) return null;
  const names = here.map((h) => h.name).join(", ");
  return (
    <div className="colleagues" title={`Also here: ${names}`}>
      <p className="hidden-text" role="status">
        Also here: {names}
      </p>
      {here.slice(0, most).map((h) => (
        <span key={h.id} className="colleague" data-typing={h.typingUntil > 0 || undefined}>
          <Avatar id={h.id} name={h.name} small />
        </span>
      ))}
      <span className="colleague-name small soft ellipsis" aria-hidden="true">
        {here.length === 1 ? here[0]?.name : here.length > most ? `+${here.length - most}` : ""}
      </span>
    </div>
  );
}

/** Writing says above the composer that a colleague writes in the same conversation. */
export function Writing({ here }: { here: Here[] }) {
  const words = writingWords(here);
  return (
    <p className="writing" role="status" hidden={!words}>
      {words}
    </p>
  );
}

import { useState } from "preact/hooks";
import { Icon } from "./icons";

/** Thumb is a small picture of a file, or a sign for one. */
export function Thumb({ src }: { src: string }) {
  const [broken, setBroken] = useState("");
  return (
    <span class="thumb">
      {src && src !== broken ? (
        <img src={src} alt="" onError={() => setBroken(src)} />
      ) : (
        <Icon name="paper" />
      )}
    </span>
  );
}

import { Toolbar } from "radix-ui";
import { useRef } from "react";
import { Icon } from "../../parts/icon";
import { mostFiles } from "../uploads";
import type { IssueUploads } from "../uploads-context";

export function AttachButton({ uploads, done }: { uploads: IssueUploads; done: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const pick = () => {
    uploads.add([...(input.current?.files ?? [])]);
    if (input.current) input.current.value = ""; // so that the same file can be picked again
    done();
  };
  return (
    <>
      <input ref={input} type="file" multiple hidden aria-label="Files" onChange={pick} />
      <Toolbar.Button
        className="tool"
        aria-label="Attach files"
        title="Attach files"
        disabled={uploads.list.length >= mostFiles}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" size={18} />
      </Toolbar.Button>
    </>
  );
}

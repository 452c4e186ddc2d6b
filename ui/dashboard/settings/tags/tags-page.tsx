import { type FormEvent, useRef, useState } from "react";
import type { Tag, Tags } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Heading } from "../../parts/heading";
import { Icon } from "../../parts/icon";
import { useSession } from "../../session/session";
import { Failed } from "../../shell/failed";
import { ArchiveButton, Archived } from "../archive";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { useAdding } from "../use-adding";
import { useLoaded } from "../use-loaded";
import "../lists.css";

export function TagsPage() {
  const { data, setData, error, retry } = useLoaded<Tags>("/tags");
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Tags" }]} />
      <Heading title="Tags">Tags</Heading>
      <p className="soft">
        Labels that sort conversations, for example by product or by kind of customer. A page can put them on
        the conversations that start there.
      </p>
      {error ? (
        <Failed text={error} retry={retry} />
      ) : data ? (
        <Body tags={data.tags} set={setData} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function Body({ tags, set }: { tags: Tag[]; set: (list: Tags) => void }) {
  const current = tags.filter((t) => !t.archived);
  const archived = tags.filter((t) => t.archived);
  return (
    <>
      <AddTag added={set} />
      {tags.length === 0 ? (
        <div className="card">
          <Blank icon="tag" title="No tags yet">
            Add the first one above. Then a page can set it, and agents see it in the inbox.
          </Blank>
        </div>
      ) : (
        <section className="card" aria-label="Tags in use">
          {current.length === 0 && <p className="soft small">All tags are archived.</p>}
          <TagList tags={current} set={set} />
          <Archived count={archived.length}>
            <TagList tags={archived} set={set} />
          </Archived>
        </section>
      )}
      <HowTo name={current[0]?.name ?? "vip"} />
    </>
  );
}

function TagList({ tags, set }: { tags: Tag[]; set: (list: Tags) => void }) {
  return (
    <ul className="lines">
      {tags.map((tag) => (
        <li key={tag.id} className="line">
          <span className="line-words">
            <Icon name="tag" size={16} /> <span>{tag.name}</span>
          </span>
          <ArchiveButton
            path={`/tags/${encodeURIComponent(tag.id)}/archive`}
            name={tag.name}
            archived={tag.archived}
            done={set}
          />
        </li>
      ))}
    </ul>
  );
}

function AddTag({ added }: { added: (list: Tags) => void }) {
  const { api } = useSession();
  const [name, setName] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const { busy, problem, add } = useAdding();
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const list = await add(() => api.post<Tags>("/tags", { name }), `The tag “${name.trim()}” is added.`);
    if (list) {
      setName("");
      added(list);
    }
    input.current?.focus();
  };
  return (
    <form className="card add" onSubmit={submit} noValidate>
      <Field label="New tag" help="1 to 100 characters." error={problem?.text}>
        {(props) => (
          <div className="add-line">
            <input
              {...props}
              ref={input}
              autoComplete="off"
              value={name}
              onChange={(e) => setName(e.target.value)}
            />
            <Button type="submit" kind="primary" icon="plus" busy={busy}>
              Add
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}

function HowTo({ name }: { name: string }) {
  return (
    <section className="card" aria-labelledby="how">
      <h2 id="how">How a page sets tags</h2>
      <p className="help">
        Before the conversation starts, in the page’s configuration. A tag must exist here, written exactly
        like this; others are left out. An archived tag is no longer put on new conversations.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <pre className="code" tabIndex={0}>
        <code>{`window.rejoinConfig.tags = [${JSON.stringify(name)}];`}</code>
      </pre>
    </section>
  );
}

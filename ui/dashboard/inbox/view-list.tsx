import type { SmartView } from "../../shared/agent";
import { Icon, type IconName } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { useMe } from "../session/session";
import { useInboxData } from "./context";
import { firstLook, searchOf } from "./look";
import { mayChange } from "./may";
import { SmartViewMenu } from "./smart-view-menu";
import { countText, views } from "./views";

/** ViewList is every view with its count; picked is called when one was chosen. */
export function ViewList({ picked }: { picked?: () => void }) {
  const { look, counts, smart } = useInboxData();
  return (
    <div className="views">
      <ul>
        {views.map((v) => (
          <Item
            key={v.id}
            name={v.name}
            icon={v.icon}
            search={v.search}
            count={v.count && counts?.[v.count]}
            current={look.view === v.id}
            picked={picked}
          />
        ))}
      </ul>
      <h2 className="views-title">Smart Views</h2>
      <ul>
        {smart?.map((v) => (
          <SmartItem key={v.id} view={v} picked={picked} />
        ))}
      </ul>
      {smart?.length === 0 && (
        <p className="views-none">Filter a view and save it: it stays here, with its count.</p>
      )}
    </div>
  );
}

function SmartItem({ view, picked }: { view: SmartView; picked?: () => void }) {
  const { look, counts } = useInboxData();
  const me = useMe();
  return (
    <Item
      name={view.name}
      icon={view.shared ? "team" : "filter"}
      about={view.shared ? "Shared with the team" : undefined}
      search={searchOf({ ...firstLook, view: view.id })}
      count={counts?.smart[view.id]}
      current={look.view === view.id}
      picked={picked}
      menu={mayChange(me, view) && <SmartViewMenu view={view} />}
    />
  );
}

interface ItemProps {
  name: string;
  icon: IconName;
  about?: string;
  search: string;
  count?: number;
  current: boolean;
  picked?: () => void;
  menu?: React.ReactNode;
}

function Item({ name, icon, about, search, count, current, picked, menu }: ItemProps) {
  return (
    <li className="view-item" data-menu={menu ? "" : undefined}>
      <Link
        className="view"
        href={paths.inbox + search}
        aria-current={current ? "page" : undefined}
        title={about}
        onClick={picked}
      >
        <Icon name={icon} size={17} />
        <span className="ellipsis">{name}</span>
        {about && <span className="hidden-text">, {about}</span>}
        {count !== undefined && (
          <span className="view-count" data-none={count === 0 ? "" : undefined}>
            <span className="hidden-text">, </span>
            {countText(count)}
          </span>
        )}
      </Link>
      {menu}
    </li>
  );
}

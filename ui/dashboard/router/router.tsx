import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Confirm } from "../parts/confirm";
import { parse, type Route } from "./route";

interface Router {
  route: Route;
  /** The query of the address, such as "?view=mine". */
  search: string;
  navigate: (to: string, options?: { replace?: boolean }) => void;
  /** While a guard is set, leaving the page asks first. */
  setGuard: (on: boolean) => void;
}

const Context = createContext<Router | null>(null);

export function useRouter(): Router {
  const router = useContext(Context);
  if (!router) throw new Error("useRouter needs a RouterProvider");
  return router;
}

const here = () => ({ path: location.pathname, search: location.search });
const addressOf = (p: { path: string; search: string }) => p.path + p.search;

export function RouterProvider({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState(here);
  const [asking, setAsking] = useState<string | null>(null);
  const guard = useRef(false);
  const current = useRef(place);
  current.current = place;

  const go = useCallback((to: string, replace?: boolean) => {
    if (replace) history.replaceState(null, "", to);
    else if (to !== addressOf(here())) history.pushState(null, "", to);
    setPlace(here());
  }, []);
  const navigate = useCallback(
    (to: string, options?: { replace?: boolean }) => {
      if (guard.current && new URL(to, location.href).pathname !== location.pathname) setAsking(to);
      else go(to, options?.replace);
    },
    [go],
  );
  const setGuard = useCallback((on: boolean) => {
    guard.current = on;
  }, []);

  useEffect(() => {
    const back = () => {
      const to = here();
      if (!guard.current || to.path === current.current.path) return setPlace(to);
      history.pushState(null, "", addressOf(current.current));
      setAsking(addressOf(to));
    };
    const unload = (e: BeforeUnloadEvent) => {
      if (guard.current) e.preventDefault();
    };
    addEventListener("popstate", back);
    addEventListener("beforeunload", unload);
    return () => {
      removeEventListener("popstate", back);
      removeEventListener("beforeunload", unload);
    };
  }, []);

  const value = useMemo(
    () => ({ route: parse(place.path), search: place.search, navigate, setGuard }),
    [place, navigate, setGuard],
  );
  return (
    <Context.Provider value={value}>
      {children}
      <Confirm
        open={asking !== null}
        title="Leave without saving?"
        text="Your changes on this page are not saved yet. If you leave now, they are lost."
        action="Leave without saving"
        cancel="Stay here"
        danger
        onCancel={() => setAsking(null)}
        onConfirm={() => {
          guard.current = false;
          if (asking) go(asking);
          setAsking(null);
        }}
      />
    </Context.Provider>
  );
}

/** Link is an anchor that stays in the program for plain clicks, and a real link for everything else. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const { navigate } = useRouter();
  const click = (e: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(e);
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    if (rest.target === "_blank") return; // the browser opens the tab
    e.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={click} {...rest} />;
}

/** useGuard asks before leaving the page while on is true. */
export function useGuard(on: boolean) {
  const { setGuard } = useRouter();
  useEffect(() => {
    setGuard(on);
    return () => setGuard(false);
  }, [on, setGuard]);
}

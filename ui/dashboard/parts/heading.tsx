import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  children: ReactNode;
  title: string;
  level?: 1 | 2;
  className?: string;
}

/** Heading names a page: it takes the focus when the page appears, so that keyboards and screen readers begin there. */
export function Heading({ children, title, level = 1, className }: Props) {
  const ref = useRef<HTMLHeadingElement>(null);
  const Tag = level === 1 ? "h1" : "h2";
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Rejoin`;
  }, [title]);
  return (
    <Tag ref={ref} tabIndex={-1} className={className}>
      {children}
    </Tag>
  );
}

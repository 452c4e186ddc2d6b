// The launcher and the panel's place on the page. The rules go in as a constructed sheet: a <style> element would be refused by a
// host page's style-src 'self'. The icons are clip paths: no image to load, and no markup for trusted types to refuse.

import type { Platform } from "../shared/chat";

const css = `:host{all:initial!important}
div{position:fixed;display:flex;gap:12px;direction:ltr;pointer-events:none}
button,iframe{pointer-events:auto;border:0;border-radius:16px;box-shadow:0 4px 24px #0004;transition:.2s;transition-property:opacity,transform,visibility}
button{display:var(--l);position:relative;width:56px;height:56px;padding:0;border-radius:50%;background:var(--c);color:var(--t);cursor:pointer}
button:hover{transform:scale(1.1)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px;box-shadow:0 0 0 3px #fff}
button:before{content:"";display:block;width:28px;height:28px;margin:auto;background:currentColor;clip-path:path("M14 3C7 3 2 7.4 2 13c0 2.8 1.3 5.2 3.4 7L4.5 25l5.6-2.4c1.2.3 2.5.4 3.9.4 7 0 12-4.4 12-10S21 3 14 3zM9 10h10v2H9zM9 14h7v2H9z")}
.o button:before{clip-path:path("M5 7l2-2 7 7 7-7 2 2-7 7 7 7-2 2-7-7-7 7-2-2 7-7z")}
b{position:absolute;top:-4px;right:-4px;min-width:10px;padding:0 6px;border-radius:16px;background:#c4122f;color:#fff;font:600 13px/22px system-ui;box-shadow:0 0 0 3px #fff}
b:empty{display:none}
iframe{width:min(400px,100vw - 40px);height:min(680px,100dvh - 116px);background:#fff}
:not(.o)>iframe{visibility:hidden;opacity:0;transform:translateY(10px)}
.f iframe{position:fixed;inset:0;width:100%;height:var(--h);border-radius:0}
.o.f.r button{visibility:hidden}
@media(prefers-color-scheme:dark){iframe{background:#15171c}}
@media(prefers-reduced-motion:reduce){*{transition:none!important;transform:none!important}}
@media(forced-colors:active){button,b,iframe{border:1px solid}button:before{background:ButtonText}}
@media print{div{display:none}}
.h{display:none}`;

export interface Look {
  host: HTMLElement;
  root: HTMLElement;
  button: HTMLButtonElement;
  /** draw places and names everything. There is no launcher for who is not believed, and while the chat is closed. */
  draw(options: Record<string, unknown>, platform: Platform, open: boolean, unread: number): void;
}

/** makeLook builds the elements; nothing shows before place was called and host is in the page. */
export function makeLook(): Look {
  const host = document.createElement("rejoin-chat");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  const root = document.createElement("div");
  const button = document.createElement("button");
  const badge = document.createElement("b");
  button.append(badge);
  root.append(button);
  shadow.append(root);

  return {
    host,
    root,
    button,
    draw({ position, zIndex, showLauncher }, { color, text, hide, launcher }, open, unread) {
      const edge = (e: string) => `${e}:calc(20px + env(safe-area-inset-${e}));`;
      const top = /^top/.test(`${position}`);
      const left = /left$/.test(`${position}`);
      root.style.cssText = `${edge(top ? "top" : "bottom") + edge(left ? "left" : "right")}flex-direction:column${
        top ? "" : "-reverse"
      };align-items:${left ? "start" : "end"};z-index:${+(zIndex as number) || 2147483000};--l:${
        showLauncher === false || hide ? "none" : "block"
      };--c:${color};--t:${text}`;
      const count = open || !unread ? "" : `${unread}`;
      badge.textContent = count;
      button.ariaLabel = open
        ? launcher.close
        : count
          ? launcher.unread.replace("{n}", count)
          : launcher.open;
      button.ariaExpanded = `${open}`;
    },
  };
}

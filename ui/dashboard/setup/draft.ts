import { newPasswordProblem } from "../session/password-hint";
import { originProblem } from "../settings/draft";

/** Draft is the form of the first run. */
export interface Draft {
  company: string;
  domain: string;
  origin: string;
  name: string;
  email: string;
  password: string;
}

export const blank: Draft = { company: "", domain: "", origin: "", name: "", email: "", password: "" };

/** domainOf proposes a short name for a company: "Harbor & Pine" becomes "harbor-pine". */
export function domainOf(company: string): string {
  const plain = company.replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}

/** missingOf is the first thing that the form lacks; the server checks the rest. */
export function missingOf(d: Draft): { field: string; text: string } | null {
  const password = newPasswordProblem(d.password);
  const origin = originProblem(d.origin);
  if (!d.company.trim()) return { field: "app", text: "Enter the name of your product or shop." };
  if (!(d.domain || domainOf(d.company)))
    return { field: "domain", text: "Enter a short name in Latin letters." };
  if (origin) return { field: "allowed_origins", text: origin };
  if (!d.name.trim()) return { field: "name", text: "Enter your name." };
  if (!d.email.trim()) return { field: "email", text: "Enter your e-mail address." };
  return password ? { field: "password", text: password } : null;
}

import { languageName } from "../time/format";

/** The languages that texts for visitors can be written in: the codes of rejoin.Languages. A test compares them. */
export const languages: readonly string[] =
  "en de es fr it ru zh-Hans zh-Hant zh-HK zh-SG pt pt-br es-419 en-GB ko ja tr nl cs hu id th sl vi ar pl no sv fi ro el da ms iw sk uk ca hr bn bg gu hi kn lv ml mr pa fa ta te".split(
    " ",
  );

const rightToLeft = ["ar", "fa", "iw"];

/** directionOf is how a language of ours is written; "auto" for a text in any language. */
export const directionOf = (language: string): "ltr" | "rtl" | "auto" =>
  language ? (rightToLeft.includes(language) ? "rtl" : "ltr") : "auto";

/** tagOf is the BCP 47 tag of a code of ours, for a lang attribute; nothing for a text in any language. */
export const tagOf = (language: string): string | undefined =>
  language === "iw" ? "he" : language || undefined;

/** languageChoices are our languages by their names. */
export const languageChoices = () =>
  languages
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label));

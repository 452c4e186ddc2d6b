/** The emoji that support people use, each with the words by which it is found; the first one is its name. */
const groups: [title: string, list: string][] = [
  [
    "Faces",
    `😀 grinning smile happy|😃 big smile happy|😄 laughing eyes smile happy|😁 beaming smile teeth|😆 squinting laugh|😅 relieved laugh sweat|😂 tears of joy laugh|🤣 rolling laugh|🙂 slight smile|😉 wink|😊 blush smile happy|😇 angel halo innocent|🥰 in love hearts|😍 heart eyes love|😘 kiss|😋 tasty yum|😜 tongue wink joke|🤗 hug|🤭 giggle oops|🤔 thinking hmm|🤨 doubt eyebrow|😐 neutral|😏 smirk|🙄 rolling eyes|😬 grimace awkward|😌 relieved calm|😔 pensive sad|😴 asleep sleep|🤒 ill sick|🤯 mind blown|🥳 party celebrate|😎 cool sunglasses|🤓 nerd glasses|😕 confused|😟 worried|🙁 slight frown sad|😮 surprised wow|😳 flushed embarrassed|🥺 pleading please|😢 crying sad tear|😭 sobbing sad tears|😱 scream shock|😞 disappointed sad|😓 downcast sweat|😩 weary tired|😤 huffing|😡 angry|🤖 robot bot`,
  ],
  [
    "Gestures",
    `👍 thumbs up yes good ok|👎 thumbs down no bad|👌 ok perfect|✌️ victory peace|🤞 crossed fingers luck|🤝 handshake deal|👏 applause clap bravo|🙌 hooray raised hands|🙏 thank you please folded hands|👋 hello wave goodbye|💪 strong muscle|👉 pointing right|👈 pointing left|👆 pointing up|👇 pointing down|☝️ one moment|✋ stop hand|🤷 shrug don't know|🤦 facepalm|🙋 question raised hand|👀 eyes looking|🧠 brain`,
  ],
  [
    "Hearts and parties",
    `❤️ heart love red|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|💔 broken heart|💕 two hearts|✨ sparkles new|⭐ star|🌟 glowing star|🎉 party congratulations tada|🎊 confetti|🎁 present gift|🎂 birthday cake|🎈 balloon|🏆 trophy winner|🥇 gold medal first|🎄 christmas tree`,
  ],
  [
    "Nature and food",
    `☀️ sun|🌤️ sun cloud weather|🌧️ rain weather|❄️ snow cold|🔥 fire hot|🌈 rainbow|🌊 wave sea|🌲 tree forest|🌱 seedling plant|🌸 blossom flower|🌹 rose flower|🐶 dog|🐱 cat|🐦 bird|🐛 bug insect|🐢 turtle slow|☕ coffee tea|🍵 tea|🍺 beer|🥂 cheers glasses|🍕 pizza|🍎 apple|🍰 cake|🍪 cookie`,
  ],
  [
    "Work and travel",
    `📦 parcel package box|🚚 delivery truck|✈️ plane flight|🚗 car|🚲 bicycle|🏠 house home|🏬 shop store|🏕️ camping tent|🥾 hiking boot|🗺️ map|📍 place pin|📅 calendar date|⏰ alarm clock time|⏳ hourglass wait|📞 phone call|📱 mobile phone|💻 laptop computer|🖨️ printer|📧 e-mail|📎 paper clip attachment|📝 note memo|📄 page document|📊 chart|🔍 search magnifier|🔒 lock secure|🔑 key|🔧 wrench repair|🔨 hammer|⚙️ gear settings|💡 idea light|💰 money|💳 card payment|🧾 receipt invoice|🏷️ tag price|🛒 cart shopping|🔋 battery|📷 camera photo`,
  ],
  [
    "Signs",
    `✅ done check yes|✔️ check mark|❌ cross no wrong|❗ exclamation important|❓ question|⚠️ warning careful|🚫 forbidden no|ℹ️ information|🆕 new|🆗 ok|🔄 again refresh repeat|➡️ right arrow|⬅️ left arrow|⬆️ up arrow|⬇️ down arrow|1️⃣ one|2️⃣ two|3️⃣ three|💯 hundred perfect|♻️ recycle`,
  ],
];

export interface Emoji {
  sign: string;
  name: string;
}

export interface EmojiGroup {
  title: string;
  list: Emoji[];
}

const read = (line: string): Emoji => {
  const gap = line.indexOf(" ");
  return { sign: line.slice(0, gap), name: line.slice(gap + 1) };
};

/** emojiFor are the emoji whose names have a word that begins with each word of the query, by group. */
export function emojiFor(query: string): EmojiGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (e: Emoji) => words.every((w) => ` ${e.name}`.includes(` ${w}`));
  return groups
    .map(([title, list]) => ({ title, list: list.split("|").map(read).filter(fits) }))
    .filter(({ list }) => list.length > 0);
}

import type { MoreKey } from '../../locales/messages.ts';

/** A group of emoji with the text that names it; each emoji with words for the search in German and English. */
export type EmojiGroup = { readonly name: MoreKey; readonly emoji: readonly (readonly [key: string, words: string])[] };

// One emoji a line: the sign, then words in both languages.
const read = (lines: string): EmojiGroup['emoji'] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [key = '', ...words] = line.trim().split(' ');
      return [key, words.join(' ')];
    });

/** The emoji that can be chosen here; any other can be typed. */
export const emojiGroups: readonly EmojiGroup[] = [
  {
    name: 'emojiFaces',
    emoji: read(`
      😀 grinsen fröhlich grin happy
      😃 lachen froh smile joy
      😄 lachen augen laugh
      😁 strahlen grinsen beam
      😅 erleichtert schweiß relief sweat
      😂 freudentränen lachen tears joy
      🤣 kugeln lachen rolling laugh
      😊 lächeln zufrieden smile blush
      🙂 lächeln smile
      😉 zwinkern wink
      😍 verliebt herzaugen love
      🥰 verliebt herzen love hearts
      😘 kuss kiss
      😋 lecker yummy
      😎 cool sonnenbrille sunglasses
      🤩 begeistert sterne star
      🥳 feiern party celebrate
      🤔 nachdenken think
      🤨 skeptisch sceptical
      😐 neutral neutral
      🙄 augenrollen eyeroll
      😏 verschmitzt smirk
      😴 schlafen müde sleep tired
      😪 müde sleepy
      😮 erstaunt staunen surprised wow
      😲 verblüfft astonished
      😳 verlegen flushed
      🥺 bitte flehen please
      😢 traurig weinen sad cry
      😭 weinen heulen cry
      😞 enttäuscht disappointed
      😟 besorgt worried
      😕 verwirrt confused
      😬 zähne unangenehm grimace
      😤 schnauben frust frustrated
      😡 wütend ärger angry
      🤯 überwältigt mind blown
      😱 schreien angst scream fear
      🤒 krank fieber sick
      🤗 umarmen hug
      🤝 handschlag einig handshake deal
      🙈 affe augen monkey
      👶 baby kind baby
      👩 frau woman
      👨 mann man
      👪 familie family`),
  },
  {
    name: 'emojiHands',
    emoji: read(`
      👍 daumen gut ja thumbs up yes
      👎 daumen schlecht nein thumbs down no
      👌 ok gut okay
      👏 klatschen beifall clap
      🙌 hurra hände hooray
      🙏 danke bitte thanks please
      👋 winken hallo wave hello
      ✌️ sieg frieden peace
      🤞 daumen drücken glück luck
      💪 stark muskel strong
      👉 rechts zeigen right
      👈 links zeigen left
      👆 oben zeigen up
      👇 unten zeigen down
      ✋ hand stopp stop hand
      ✍️ schreiben write
      ❤️ herz liebe heart love
      🧡 herz orange heart
      💛 herz gelb yellow heart
      💚 herz grün green heart
      💙 herz blau blue heart
      💜 herz lila purple heart
      🖤 herz schwarz black heart
      💔 herz gebrochen broken heart
      💯 hundert voll hundred`),
  },
  {
    name: 'emojiNature',
    emoji: read(`
      🐶 hund dog
      🐱 katze cat
      🐭 maus mouse
      🐰 hase rabbit
      🦊 fuchs fox
      🐻 bär bear
      🐷 schwein pig
      🐮 kuh cow
      🐴 pferd horse
      🐔 huhn chicken
      🐦 vogel bird
      🐟 fisch fish
      🐝 biene bee
      🦋 schmetterling butterfly
      🌹 rose rose
      🌻 sonnenblume sunflower
      🌷 tulpe tulip
      🌳 baum tree
      🍀 klee glück clover luck
      🌞 sonne sun
      🌙 mond moon
      ⭐ stern star
      🌈 regenbogen rainbow
      ☁️ wolke cloud
      🌧️ regen rain
      ❄️ schnee snow
      🔥 feuer fire`),
  },
  {
    name: 'emojiFood',
    emoji: read(`
      🍎 apfel apple
      🍌 banane banana
      🍓 erdbeere strawberry
      🍒 kirschen cherries
      🥕 möhre karotte carrot
      🥔 kartoffel potato
      🍞 brot bread
      🥨 brezel pretzel
      🧀 käse cheese
      🥚 ei egg
      🍔 hamburger burger
      🍟 pommes fries
      🍕 pizza pizza
      🥗 salat salad
      🍝 nudeln pasta
      🍣 sushi sushi
      🍦 eis ice cream
      🍰 kuchen cake
      🎂 geburtstag torte birthday cake
      🍫 schokolade chocolate
      ☕ kaffee tee coffee tea
      🍵 tee tea
      🍺 bier beer
      🍷 wein wine
      🥂 anstoßen prost cheers`),
  },
  {
    name: 'emojiThings',
    emoji: read(`
      🏠 haus zuhause house home
      🏢 büro office
      🚗 auto car
      🚲 fahrrad rad bicycle bike
      🚌 bus bus
      🚆 zug bahn train
      ✈️ flugzeug reise plane travel
      🚀 rakete rocket
      📦 paket lieferung parcel package
      🚚 lieferwagen lieferung delivery truck
      🛒 einkauf wagen cart shopping
      🎁 geschenk gift present
      🎉 feier konfetti party
      🎈 ballon balloon
      📱 handy telefon phone mobile
      💻 computer laptop computer
      📷 kamera foto camera photo
      📧 mail email
      📄 dokument seite document page
      📎 büroklammer anhang clip
      🔑 schlüssel key
      🔧 werkzeug reparatur tool repair
      💡 idee lampe idea bulb
      🔋 akku batterie battery
      ⏰ wecker zeit alarm time
      📅 kalender termin calendar date
      💶 geld euro money
      💳 karte zahlen card pay
      🔒 schloss sicher lock secure
      🎵 musik music
      ⚽ fußball soccer football
      🏖️ strand urlaub beach holiday`),
  },
  {
    name: 'emojiSymbols',
    emoji: read(`
      ✅ haken erledigt ja check done
      ❌ kreuz nein cross no
      ❓ frage question
      ❗ ausruf wichtig important
      ⚠️ warnung achtung warning
      ℹ️ info information
      ➡️ pfeil rechts arrow right
      ⬅️ pfeil links arrow left
      🔄 wiederholen repeat
      ➕ plus plus
      ➖ minus minus
      💬 sprechblase nachricht message
      👀 augen schauen eyes look
      ✨ funkeln sparkles
      💤 schlaf sleep
      🆗 ok okay
      🆘 hilfe help sos
      ♻️ recycling kreislauf recycle`),
  },
];

/** Groups with the emoji whose words begin with what is sought, in either language; all of them for nothing. */
export function searchEmoji(wanted: string): readonly EmojiGroup[] {
  const sought = wanted.trim().toLowerCase();
  if (!sought) return emojiGroups;
  return emojiGroups
    .map(({ name, emoji }) => ({
      name,
      emoji: emoji.filter(([key, words]) => key === sought || words.split(' ').some((word) => word.startsWith(sought))),
    }))
    .filter(({ emoji }) => emoji.length > 0);
}

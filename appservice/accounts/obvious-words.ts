/**
 * Words that people's passwords are made of, German and English, without umlauts; of our own collection, see README. Parts that are
 * typed together stand together. Names, numbers and mail address of the person are added by `acceptPassword`.
 */
const WORDS = `
passwort password passwd kennwort losung parole geheim secret geheimnis schluessel zugang zugangscode login logon anmelden anmeldung
admin administrator root benutzer user gast guest test tester testing demo default standard sicher sicherheit security secure
hallo hello servus moin gruss willkommen welcome bitte danke please thanks letmein opensesame sesam sesamoeffnedich abrakadabra
schatz schatzi schatzilein engel engelchen mausi maus baerchen hase hasi liebling liebe lieber love iloveyou ichliebedich ilove
loveyou darling honey baby sweetheart princess prinzessin prinz prince queen king koenig kaiser boss chef master meister lord
sonne sonnenschein sunshine sommer summer winter herbst fruehling spring autumn himmel stern sterne mond moon star stars regenbogen
rainbow blume blumen flower rose schmetterling butterfly katze katzen kater hund hunde dog dogs monkey affe tiger loewe lion dragon
drache adler eagle wolf pferd pferde horse delphin dolphin hamster elefant panda einhorn unicorn vogel
fussball football soccer baseball basketball hockey tennis bayern dortmund schalke borussia werder hertha bvb
liverpool arsenal chelsea barcelona realmadrid ferrari porsche mercedes yamaha honda volkswagen
superman batman spiderman starwars startrek pokemon minecraft fortnite naruto matrix hannibal gandalf simpsons
computer internet laptop handy telefon windows microsoft google apple iphone samsung android facebook instagram whatsapp telegram
youtube amazon paypal netflix spotify email webmail homepage server linux ubuntu matrix element
access changeme changeit qwert qwertz qwerty asdf yxcv zxcv wasd azerty
michael thomas andreas stefan stephan christian alexander daniel markus martin peter klaus wolfgang juergen dieter manfred uwe
frank bernd rainer ralf sebastian tobias florian philipp jonas lukas lucas leon maximilian felix julian niklas paul tim jan
andrea sabine claudia susanne petra monika nicole stefanie stephanie sandra kerstin birgit katharina christina julia jessica
jennifer sarah lisa laura anna lena lea hannah marie sophie johanna vanessa melanie nadine daniela martina angelika ursula
charlie george jordan robert joshua matthew andrew anthony william ashley michelle amanda taylor
berlin hamburg muenchen koeln frankfurt stuttgart duesseldorf dresden leipzig hannover nuernberg bremen wien salzburg zuerich
deutschland germany oesterreich schweiz europa london paris newyork america
januar februar maerz april juni juli august september oktober november dezember january february march june july october december
montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday wednesday thursday friday saturday sunday
schwarz weiss gruen blau gelb black white green blue yellow orange purple silber silver gold
familie family mama papa mutter vater mother father schwester bruder sister brother freund freunde freundin friend friends kinder
geburtstag birthday hochzeit weihnachten christmas ostern urlaub ferien arbeit office buero firma company geld money freedom
schokolade chocolate cookie cheese pizza kaffee coffee whisky bier banane banana apfel zucker pepper ginger
eins zwei drei vier fuenf sechs sieben acht neun zehn null one two three four five six seven eight nine
trustno whatever nothing forever jesus heaven angel angels killer shadow ninja hunter ranger soldier warrior phoenix
fuckyou fuck scheisse arschloch asshole bitch hardcore
correcthorsebatterystaple thequickbrownfox quickbrownfox jumpsoverthelazydog lazydog
franzjagtimkomplettverwahrlostentaxi zwoelfboxkaempfer loremipsum dolorsitamet consetetursadipscing
allemeineentchen haenschenklein seinodernichtsein tobeornottobe donaudampfschifffahrtsgesellschaft
dasistmeinpasswort meinpasswort mypassword thisismypassword newpassword neuespasswort diesistein thisisa
`;

/** Letters of the German alphabet are typed in two ways. */
const foldings = (word: string): string[] => [word, word.replaceAll(/([aou])e/g, '$1')];

/** The words, in small letters, with both ways of writing umlauts. */
export const OBVIOUS_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/).flatMap(foldings));

/** Rows of keys, German and English, and the ways to walk down them. */
export const KEY_ROWS: readonly string[] = [
  '1234567890',
  'qwertzuiopu',
  'asdfghjkloa',
  'yxcvbnm',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  '1qay2wsx3edc4rfv5tgb6zhn7ujm8ik9ol0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6z7u8i9o0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5z6u7i8o9p0',
  'q1w2e3r4t5y6u7i8o9p0',
  'qaywsxedcrfvtgbzhnujm',
  'qazwsxedcrfvtgbyhnujm',
];

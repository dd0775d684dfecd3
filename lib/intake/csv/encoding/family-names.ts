/** Whether a text read in a code page of Chinese, Japanese or Korean names people: their family names come first, and most are among few. Pure. */

/** The first characters of family names, as each code page has them. */
const FAMILIES = {
  Shift_JIS:
    '佐鈴高髙田渡伊山中小加吉松井木林清斎斉齋齊池橋阿石前後近村坂遠青長岡福西太岩金三藤本上原千平野菅新大今河工内市川和横丸杉増古関谷酒竹武島宮桜柴荒森水成浅北南東星矢熊馬堀秋浜濱片梅久土塚黒白若服安須栗牧飯沢澤尾相柳奥早樋望永五八二一四六七九十宇堤辻榎桑飛広廣滝瀧児篠笠富茂神門倉細植根峯峰畑畠角沖岸板入向徳下町渋澁丹米能戸小嶋鬼甲乾稲種塩岸日月朝真君鎌玉古今亀',
  GB18030:
    '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢骆岳齐梅莫庄辛管祝左涂谷祁时舒耿牟路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍覃霍翁隋甘景单包司柏宁柯阮桂闵解柴华诸上',
  Big5: '陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓阮馬董溫唐藍石蔣古紀姚連馮歐程湯康姜田白汪鄒尤巫鐘黎涂龔嚴韓袁金童陸夏柳邵錢伍倪于譚駱熊任甘秦顧毛章史官萬俞雷饒闕凌崔尹孔辛武辜陶段龍韋葛池孟褚殷麥賀賈莫文管關向包丘梅華裴焦左區司上諸',
  'EUC-KR':
    '김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모',
} as const;

export type EastAsian = keyof typeof FAMILIES;

/** The letters that names are written in. */
const LETTERS: Record<EastAsian, string> = {
  Shift_JIS: String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ー`,
  GB18030: String.raw`\p{Script=Han}`,
  Big5: String.raw`\p{Script=Han}`,
  'EUC-KR': String.raw`\p{Script=Hangul}`,
};
const BETWEEN_CELLS = /["\t\r\n,;|]+/;

interface Patterns {
  /** Two to ten letters, with a blank or not. */
  name: RegExp;
  /** What is no such text: letters of another script, or a small Latin letter beside one of these. */
  odd: RegExp;
}

function patternsOf(codePage: EastAsian): Patterns {
  const letters = LETTERS[codePage];
  const letter = `[${letters}]`;
  return {
    name: new RegExp(`^\\s*(${letter})${letter}{0,4}[\\s・]?${letter}{1,4}\\s*$`, 'u'),
    odd: new RegExp(`[^${letters}\\x20-\\x7e\\u3000-\\u303f\\uff00-\\uffef・]|[a-z]${letter}|${letter}[a-z]`, 'u'),
  };
}

/** A longer cell is a note. */
const LONGEST = 100;
/** So many different cells tell. */
const CELLS = 1000;

const isPlain = (cell: string) => /^[\x20-\x7e]*$/.test(cell);

/** Collects the cells of a text that comes in pieces. */
export class FamilyNames {
  readonly #cells = new Set<string>();
  /** The cell that the last piece has not ended. */
  #begun = '';

  see(piece: string): void {
    if (this.#cells.size >= CELLS) return;
    const cells = (this.#begun + piece).split(BETWEEN_CELLS);
    this.#begun = (cells.pop() ?? '').slice(0, LONGEST);
    for (const cell of cells) if (!isPlain(cell)) this.#cells.add(cell.slice(0, LONGEST));
  }

  /** Whether it may be a text of this code page: next to nothing in it is odd. */
  mayBe(codePage: EastAsian): boolean {
    const { odd } = patternsOf(codePage);
    const cells = this.#all();
    return cells.filter((cell) => odd.test(cell)).length * 20 <= cells.length;
  }

  /** How many names with a usual family name there are, where they are a third of what is not plain; 0 otherwise. */
  count(codePage: EastAsian): number {
    const { name } = patternsOf(codePage);
    const cells = this.#all();
    const names = cells.filter((cell) => FAMILIES[codePage].includes(name.exec(cell)?.[1] ?? '\0'));
    return names.length * 3 >= cells.length ? names.length : 0;
  }

  #all(): string[] {
    return isPlain(this.#begun) ? [...this.#cells] : [...this.#cells, this.#begun];
  }
}

/** A name as a person writes it, and the first half of an address made of it. */
export interface SimulatedName {
  readonly given: string
  readonly family: string
  readonly login: string
}

const name = (given: string, family: string, login: string): SimulatedName => ({ given, family, login })

/** Names of many scripts, with what breaks carelessly written servers: apostrophes, plus signs, combining marks, great length. */
export const simulatedNames: readonly SimulatedName[] = [
  name('Ada', 'Byron', 'ada.byron'),
  name('Siobhán', "O'Malley", "siobhan.o'malley"),
  name('Łukasz', 'Żółkiewski', 'lukasz+test'),
  name('José María', 'Núñez de la Peña', 'jose.nunez'),
  name('美咲', '佐藤', 'misaki.sato'),
  name('Ольга', 'Кузнецова', 'olga.kuznetsova'),
  name('محمد', 'الفاسي', 'mohammed.elfassi'),
  name('Wolfeschlegelsteinhausenbergerdorff', 'Featherstonehaugh-Cholmondeley-Warner', 'w.featherstonehaugh'),
  name('Ngọc Ánh', 'Nguyễn', 'ngoc.anh'),
  name('नेहा', 'शर्मा', 'neha.sharma'),
  name('Zoë', 'Müller-Lüdenscheidt', 'zoe.mueller'),
  name('伟', '李', 'wei.li'),
  name('Björk', 'Guðmundsdóttir', 'bjork.g'),
  name('Ελένη', 'Παπαδοπούλου', 'eleni.p'),
  name('נועה', 'כהן', 'noa.cohen'),
  name('민준', '김', 'minjun.kim'),
  name("D'Angelo", 'St. John-Smythe', "d'angelo.st-john"),
  name('Şeyma', 'Yılmaz', 'seyma_yilmaz'),
  name('สมชาย', 'ใจดี', 'somchai.jaidee'),
  name('Chloé', "L'Hôpital", "chloe.l'hopital+hr"),
]

export const simulatedTitles = ['Engineer', 'Account Manager', 'Head of R&D', 'Büroleitung', 'Analyst (EMEA)'] as const
export const simulatedDepartments = ['Research & Development', 'Sales', 'Finance', 'Vertrieb Süd', '営業部'] as const
export const simulatedGroups = ['Engineering', 'Sales + Marketing', 'R&D (Zürich)', '財務', "People's Office"] as const

import { screen, type Subject } from "#workspace/shell/subject.ts";

export const imports: Subject = {
  section: "import",
  screens: [
    {
      path: "/import",
      title: { kk: "Импорт", ru: "Импорт", en: "Import" },
      screen: screen(() => import("./ImportScreen.tsx")),
    },
  ],
  actions: [
    {
      id: "import",
      title: { kk: "Банк файлын енгізу", ru: "Загрузить банковский файл", en: "Import a bank file" },
      also: "выписка үзінді көшірме statement 1c csv camt mt940 kaspi upload загрузка",
      act: "/import",
    },
  ],
};

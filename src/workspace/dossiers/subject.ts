import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Досьелер", ru: "Досье", en: "Dossiers" };
const make = { kk: "Досье жасау", ru: "Составить досье", en: "Make a dossier" };
const check = { kk: "Досьені тексеру", ru: "Проверить досье", en: "Check a dossier" };

export const dossiers: Subject = {
  section: "dossiers",
  screens: [
    { path: "/dossiers", title, screen: screen(() => import("./DossiersScreen.tsx")) },
    { path: "/dossiers/new", title: make, screen: screen(() => import("./MakeDossierScreen.tsx")) },
    { path: "/dossiers/check", title: check, screen: screen(() => import("./CheckDossierScreen.tsx")) },
  ],
  actions: [
    {
      id: "dossier.make",
      title: make,
      also: "dossier proof court суд доказательство дәлел",
      act: "/dossiers/new",
      keys: "n d",
    },
    { id: "dossier.check", title: check, also: "verify zip проверка", act: "/dossiers/check" },
  ],
};

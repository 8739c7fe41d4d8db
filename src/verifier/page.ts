/** The program of `verify.html`: takes a zip or a folder, checks it here, shows the answer. No network, no storage. */
// First, because it provides hashing and signatures where there is no Node.
import "#record/portable.ts";
import { checkDossier, checkDossierFiles, type DossierReport } from "#dossier/check.ts";
import { type Lang, langs } from "#dossier/statement/labels.ts";
import { bytesMax } from "#dossier/zip-read.ts";
import { pageLabels } from "./page-labels.ts";
import { resultPage, startPage } from "./page-view.ts";

const main = document.querySelector("main") as HTMLElement;
const isLang = (text: string | undefined): text is Lang => langs.some((lang) => lang === text);
const preferred = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLang);

const state: { lang: Lang; report: DossierReport | undefined; name: string; isWorking: boolean } = {
  lang: preferred ?? "ru",
  report: undefined,
  name: "",
  isWorking: false,
};

const show = (): void => {
  document.documentElement.lang = state.lang;
  document.title = pageLabels[state.lang].title;
  main.innerHTML =
    state.report === undefined
      ? startPage(state.lang, state.isWorking)
      : resultPage(state.lang, state.report, state.name);
};

const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

const answer = async (name: string, check: () => Promise<DossierReport>): Promise<void> => {
  Object.assign(state, { report: undefined, name, isWorking: true });
  show();
  await painted();
  const report = await check();
  Object.assign(state, { report, isWorking: false });
  show();
  document.getElementById("verdict")?.focus();
};

const checkZip = (file: File): Promise<void> =>
  answer(file.name, async () =>
    checkDossier(file.size > bytesMax ? new Uint8Array() : new Uint8Array(await file.arrayBuffer())),
  );

const checkFolder = (list: readonly File[]): Promise<void> =>
  answer(list[0]?.webkitRelativePath.split("/")[0] ?? "", async () => {
    const files = new Map<string, Uint8Array>();
    let total = 0;
    for (const file of list) {
      total += file.size;
      if (total > bytesMax) return checkDossier(new Uint8Array());
      files.set(
        file.webkitRelativePath.split("/").slice(1).join("/"),
        new Uint8Array(await file.arrayBuffer()),
      );
    }
    return checkDossierFiles(files);
  });

document.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest("button");
  if (isLang(button?.dataset["lang"])) state.lang = button.dataset["lang"];
  else if (button?.id === "again") state.report = undefined;
  else return;
  show();
});

document.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  const [first] = input.files ?? [];
  if (first !== undefined)
    void (input.id === "folder" ? checkFolder([...(input.files ?? [])]) : checkZip(first));
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.getElementById("drop")?.classList.add("over");
});
document.addEventListener("dragleave", () => document.getElementById("drop")?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer?.files ?? [];
  if (file !== undefined && !state.isWorking) void checkZip(file);
});

show();

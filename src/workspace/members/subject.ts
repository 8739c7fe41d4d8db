import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Мүшелер", ru: "Участники", en: "Members" };
const invite = { kk: "Әріптесті шақыру", ru: "Пригласить коллегу", en: "Invite a colleague" };
const keys = { kk: "Менің кілттерім", ru: "Мои ключи", en: "My keys" };
const recovery = { kk: "Қалпына келтіру", ru: "Восстановление", en: "Recovery" };

export const members: Subject = {
  section: "members",
  screens: [
    { path: "/members", title, screen: screen(() => import("./MembersScreen.tsx")) },
    { path: "/members/invite", title: invite, screen: screen(() => import("./InviteScreen.tsx")) },
    { path: "/members/keys", title: keys, screen: screen(() => import("./KeysScreen.tsx")) },
    { path: "/members/recovery", title: recovery, screen: screen(() => import("./RecoveryScreen.tsx")) },
    { path: "/members/:id", title, screen: screen(() => import("./MemberScreen.tsx")) },
  ],
  actions: [
    {
      id: "member.invite",
      title: invite,
      also: "add member участник мүше",
      act: "/members/invite",
      keys: "n u",
    },
    { id: "member.keys", title: keys, also: "passphrase пароль құпиясөз passkey", act: "/members/keys" },
    { id: "recovery.rehearse", title: recovery, also: "shares доли үлес trustees", act: "/members/recovery" },
  ],
};

import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Жарияланымдар", ru: "Публикации", en: "Posts" };
const add = { kk: "Жарияланым қосу", ru: "Добавить публикацию", en: "Add a post" };

export const posts: Subject = {
  section: "posts",
  screens: [
    { path: "/posts", title, screen: screen(() => import("./PostsScreen.tsx")) },
    { path: "/posts/new", title: add, screen: screen(() => import("./AddPostScreen.tsx")) },
    { path: "/posts/:id", title, screen: screen(() => import("./PostScreen.tsx")) },
  ],
  actions: [{ id: "post.add", title: add, also: "repost репост new", act: "/posts/new", keys: "n p" }],
};

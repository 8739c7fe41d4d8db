import "./shell/first-styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App.tsx";

const place = document.getElementById("root");
if (place === null) throw new Error("bug: the page has no place for the program");
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

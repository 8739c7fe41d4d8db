import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { Router } from "wouter";
import { ask, useDeskChanges } from "#workspace/desk/client.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Gate } from "./Gate.tsx";
import { LanguageProvider, useLanguage } from "./language.tsx";
import { PreferencesProvider } from "./preferences.tsx";
import { cssVariables, theme } from "./theme.ts";

const queries = new QueryClient();

/** The nonce of this page, for the style sheets that Mantine writes: the policy lets no others in. */
const nonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

// Dialogs keep the page behind them still with a style sheet of their own; its writer looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce() });

export function App() {
  return (
    <LanguageProvider>
      <PreferencesProvider>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          getStyleNonce={nonce}
        >
          <QueryClientProvider client={queries}>
            <Router base="/app">
              <ErrorBoundary>
                <DeskFollower />
                <Gate />
              </ErrorBoundary>
            </Router>
          </QueryClientProvider>
        </MantineProvider>
      </PreferencesProvider>
    </LanguageProvider>
  );
}

/** Keeps page and desk in step: answers are asked again when the books change, messages come in the page's language. */
function DeskFollower() {
  useDeskChanges();
  const { language } = useLanguage();
  useEffect(() => {
    void ask("desk.language", { language });
  }, [language]);
  return null;
}

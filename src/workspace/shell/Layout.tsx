import { TourPlace } from "#workspace/tour/TourPlace.tsx";
import { TourProvider } from "#workspace/tour/TourProvider.tsx";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { PhoneBar } from "./PhoneBar.tsx";
import { Rail } from "./Rail.tsx";
import { SampleStrip } from "./SampleStrip.tsx";
import { TakenOverStrip } from "./TakenOverStrip.tsx";
import { TopBar } from "./TopBar.tsx";
import { UpdateNotice } from "./UpdateNotice.tsx";
import { useWords } from "./language.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { shellWords } from "./words.ts";

const Palette = lazy(() => import("./Palette.tsx"));
const ShortcutHelp = lazy(() => import("./ShortcutHelp.tsx"));

/** The frame of every screen: rail, bar, the screen itself; on a phone, bar above and bar below. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const words = useWords(shellWords);
  const [isHelpOpen, setHelpOpen] = useState(false);
  // Loaded at the first Ctrl+K, then kept.
  const [hasPalette, setPalette] = useState(false);
  const openPalette = () => {
    if (hasPalette) void import("@mantine/spotlight").then(({ spotlight }) => spotlight.open());
    else setPalette(true);
  };
  const openHelp = () => setHelpOpen(true);
  useShortcuts({ openPalette, openHelp });
  return (
    <TourProvider>
      <div className="app">
        <a href="#main" className="skip">
          {words.skip}
        </a>
        <Rail />
        <div className="app-body">
          <TopBar onPalette={openPalette} onHelp={openHelp} />
          <SampleStrip />
          <TakenOverStrip />
          <UpdateNotice />
          <TourPlace />
          <main id="main" className="main" tabIndex={-1}>
            {children}
          </main>
        </div>
        <PhoneBar />
        <Suspense fallback={null}>
          {hasPalette && <Palette onHelp={openHelp} />}
          {isHelpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}
        </Suspense>
      </div>
    </TourProvider>
  );
}

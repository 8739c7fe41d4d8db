import { dayAt, formatDay, formatDayTime, formatRelativeTime } from "#language/dates.ts";
import { useLanguage } from "#workspace/shell/language.tsx";

/** A calendar day: `long` in sentences, `short` in tables. */
export function Day({ day, length = "short" }: { readonly day: string; readonly length?: "long" | "short" }) {
  const { language } = useLanguage();
  return (
    <time className="day" dateTime={day}>
      {formatDay(day, language, length)}
    </time>
  );
}

type MomentProps = {
  /** Unix seconds. */
  readonly at: number;
  /** "5 minutes ago", with the exact moment as its tooltip. */
  readonly isRelative?: boolean;
};

/** A moment on this device's clock. */
export function Moment({ at, isRelative = false }: MomentProps) {
  const { language } = useLanguage();
  const zone = deviceZone();
  const exact = formatDayTime(at, language, zone, "short");
  return (
    <time className="day" dateTime={new Date(at * 1000).toISOString()} title={isRelative ? exact : undefined}>
      {isRelative ? formatRelativeTime(at, Date.now() / 1000, language, zone) : exact}
    </time>
  );
}

const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day that it is here, for fields that begin with today. */
export function today(): string {
  return dayAt(Date.now() / 1000, deviceZone());
}

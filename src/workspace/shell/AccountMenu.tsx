import { Menu, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { Icon, type IconName } from "#workspace/ui/icons.tsx";
import { InstallItem } from "./InstallItem.tsx";
import { useWords } from "./language.tsx";
import { usePreferences } from "./preferences.tsx";
import { useSignedIn } from "./signed-in.ts";
import { shellWords } from "./words.ts";

/** What is the person's own: how the screen looks, the lock, the way out. */
export function AccountMenu({ onHelp }: { readonly onHelp: () => void }) {
  const words = useWords(shellWords);
  const { member, isSample, leave } = useSignedIn();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity } = usePreferences();
  // Also said: whoever speaks to her computer names what she sees.
  const number = member.replace(/^M-0*/u, "");
  const schemes: readonly (readonly [MantineColorScheme, IconName, string])[] = [
    ["auto", "screen", words.themeAuto],
    ["light", "sun", words.themeLight],
    ["dark", "moon", words.themeDark],
  ];
  const densities = [
    ["light", "rows", words.rowsLight],
    ["dense", "rowsDense", words.rowsDense],
  ] as const;
  return (
    <Menu width={260}>
      <Menu.Target>
        <button type="button" className="tool tool-member" aria-label={`${number}, ${words.account(member)}`}>
          <span aria-hidden="true">{number}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{member}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{words.theme}</Menu.Label>
        {schemes.map(([scheme, icon, label]) => (
          <Choice
            key={scheme}
            icon={icon}
            label={label}
            isChosen={colorScheme === scheme}
            onChoose={() => setColorScheme(scheme)}
          />
        ))}
        <Menu.Divider />
        <Menu.Label>{words.tables}</Menu.Label>
        {densities.map(([one, icon, label]) => (
          <Choice
            key={one}
            icon={icon}
            label={label}
            isChosen={density === one}
            onChoose={() => setDensity(one)}
          />
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="keyboard" size={18} />}
          rightSection={<kbd>?</kbd>}
          onClick={onHelp}
        >
          {words.shortcuts}
        </Menu.Item>
        <InstallItem />
        {!isSample && (
          <Menu.Item
            leftSection={<Icon name="lock" size={18} />}
            rightSection={<kbd>F9</kbd>}
            onClick={() => void leave(true)}
          >
            {words.lock}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="signOut" size={18} />} onClick={() => void leave(false)}>
          {isSample ? words.leaveSample : words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type ChoiceProps = {
  readonly icon: IconName;
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

/** One of several, of which one holds. */
function Choice({ icon, label, isChosen, onChoose }: ChoiceProps) {
  return (
    <Menu.RadioItem
      value={icon}
      checked={isChosen}
      checkIcon={<Icon name="check" size={16} />}
      onChange={onChoose}
    >
      <span className="menu-choice">
        <Icon name={icon} size={18} />
        {label}
      </span>
    </Menu.RadioItem>
  );
}

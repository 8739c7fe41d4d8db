import { Button, Checkbox, Modal, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { ask } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { MemberList, RoomRow } from "./calls.ts";
import { useKeyChange } from "./use-key-change.ts";
import { memberWords } from "./words.ts";

/** Rooms down, members across; each tick leads to the entry that gave it. */
export function AccessMatrix({ list }: { readonly list: MemberList }) {
  const words = useWords(memberWords);
  const [isMaking, setMaking] = useState(false);
  const members = list.members.filter(({ isCurrent }) => isCurrent);
  const canMake = list.isOfficer && free(list).length > 0;
  return (
    <Section
      title={words.matrix}
      lead={words.matrixLead}
      actions={
        canMake && (
          <Button variant="default" size="xs" onClick={() => setMaking(true)}>
            {words.newRoom}
          </Button>
        )
      }
    >
      <div className="matrix-frame" role="group" aria-label={words.matrix} tabIndex={0}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{words.room}</th>
              {members.map(({ id, name }) => (
                <th key={id} scope="col">
                  <span className="personal">{name ?? id}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rooms.map((room) => (
              <tr key={room.id}>
                <th scope="row">
                  {words.roomTitles[room.name] ?? room.name}
                  <small>{words.epoch(room.epoch)}</small>
                </th>
                {members.map(({ id }) => (
                  <AccessCell key={id} room={room} member={id} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isMaking && <NewRoom list={list} onClose={() => setMaking(false)} />}
    </Section>
  );
}

function AccessCell({ room, member }: { readonly room: RoomRow; readonly member: string }) {
  const words = useWords(memberWords);
  const { language } = useLanguage();
  const access = room.readers[member];
  const name = words.roomTitles[room.name] ?? room.name;
  if (access === undefined)
    return (
      <td className="matrix-no">
        <span aria-label={words.readsNot(member, name)} role="img">
          –
        </span>
      </td>
    );
  return (
    <td>
      <Link
        href={`/activity/${access.entry}`}
        aria-label={`${words.byEntry(formatCount(access.entry, language))}: ${words.reads(member, name)}`}
        className="matrix-yes"
      >
        <Icon name="check" size={18} />
        <small>{words.byEntry(formatCount(access.entry, language))}</small>
      </Link>
    </td>
  );
}

const rooms = ["editorial", "intake", "defence", "staff"] as const;

const free = (list: MemberList) => rooms.filter((name) => list.rooms.every((room) => room.name !== name));

function NewRoom({ list, onClose }: { readonly list: MemberList; readonly onClose: () => void }) {
  const words = useWords(memberWords);
  const change = useKeyChange();
  const names = free(list);
  const [name, setName] = useState<string>(names[0] ?? "");
  const [readers, setReaders] = useState<readonly string[]>([list.me]);
  const title = words.roomTitles[name] ?? name;
  const make = async () => {
    const isDone = await change({
      title: words.newRoom,
      done: words.roomMade(title),
      preview: () => ask("members.preview-room", { name, readers }),
      perform: (digest) => ask("members.perform", { digest }),
    });
    if (isDone) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={words.newRoom}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <p>{words.newRoomLead}</p>
        <NativeSelect
          label={words.room}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data={names.map((value) => ({ value, label: words.roomTitles[value] ?? value }))}
        />
        <fieldset className="choices">
          <legend>{words.whoReads}</legend>
          {list.members
            .filter(({ isCurrent }) => isCurrent)
            .map(({ id, name: person }) => (
              <Checkbox
                key={id}
                label={`${person ?? id} (${id})`}
                checked={readers.includes(id)}
                disabled={id === list.me}
                onChange={(event) =>
                  setReaders(
                    event.currentTarget.checked
                      ? [...readers, id]
                      : readers.filter((reader) => reader !== id),
                  )
                }
              />
            ))}
        </fieldset>
        <div className="buttons">
          <Button type="submit">{words.look}</Button>
        </div>
      </form>
    </Modal>
  );
}

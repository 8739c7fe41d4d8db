import { Autocomplete, Button, NativeSelect, Radio, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { parsePostId } from "#domain/funds/ids.ts";
import { titleIn } from "#workspace/appeals/title.ts";
import { useAskAnew } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommandToTheEnd } from "#workspace/ui/command.tsx";
import { SumField } from "#workspace/ui/fields.tsx";
import { focusFirstWrong } from "#workspace/ui/first-wrong.ts";
import { PreviewButton, useHeld } from "#workspace/ui/held.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import type { PostList } from "./calls.ts";
import { momentWithZone, textHashOf } from "./text-hash.ts";
import { postWords } from "./words.ts";
import "#workspace/appeals/appeals.css";

/** The form that records a post or a repost. */
export default function AddPostScreen() {
  const words = useWords(postWords);
  const data = useAskAnew("posts.list", {});
  return (
    <>
      <PageHeader title={words.newTitle} lead={words.newLead} back={{ href: "/posts", label: words.back }} />
      {data !== undefined && <Form list={data} />}
    </>
  );
}

function Form({ list }: { readonly list: PostList }) {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const record = useCommandToTheEnd("post.add");
  const [id, setId] = useState(list.nextId);
  const [chosen, setAppeal] = useState(
    search.get("appeal") ?? (list.appeals.length === 1 ? (list.appeals[0]?.id ?? "") : ""),
  );
  // One that ended is offered no more, also where an address still names it.
  const appeal = list.appeals.some((one) => one.id === chosen) ? chosen : "";
  const [kind, setKind] = useState<"post" | "repost">("post");
  const [published, setPublished] = useState("");
  const [minor, setMinor] = useState<bigint>();
  const [caseId, setCase] = useState("");
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const currency = list.appeals.find((one) => one.id === appeal)?.currency ?? list.base;
  const digest = textHashOf(text);
  const idError = list.posts.some((post) => post.id === id)
    ? words.numberTaken(id)
    : parsePostId(id) === undefined
      ? words.numberWrong
      : undefined;
  const held = useHeld("post.add", id);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const moment = momentWithZone(published);
    if (idError !== undefined || appeal === "" || moment === "" || minor === undefined)
      return focusFirstWrong(event.currentTarget);
    const end = await record(
      {
        id,
        appeal,
        kind,
        published: moment,
        target: { currency, minor },
        case: caseId.trim(),
        textHash: digest,
      },
      { title: words.addedTitle(id), about: id },
    );
    if (end.kind === "recorded") navigate(`/posts/${encodeURIComponent(id)}`);
    else if (end.kind === "confirmed") navigate("/posts");
  };
  return (
    <form className="entry-form" noValidate onSubmit={(event) => void submit(event)}>
      <div className="card entry-fields">
        <NativeSelect
          label={words.appealField}
          value={appeal}
          error={isTried && appeal === "" ? words.appealNeeded : undefined}
          onChange={(event) => setAppeal(event.currentTarget.value)}
          data={[
            { value: "", label: words.chooseAppeal },
            ...list.appeals.map((one) => ({
              value: one.id,
              label: `${one.id} · ${titleIn(one.title, language, one.id)}`,
            })),
          ]}
        />
        <Radio.Group
          label={words.kindField}
          value={kind}
          onChange={(value) => setKind(value === "repost" ? "repost" : "post")}
        >
          <div className="radios">
            <Radio value="post" label={words.kindPost} />
            <Radio value="repost" label={words.kindRepost} />
          </div>
        </Radio.Group>
        <div className="field-row">
          <TextInput
            type="datetime-local"
            label={words.publishedField}
            description={words.publishedHint}
            value={published}
            error={isTried && published === "" ? words.momentNeeded : undefined}
            onChange={(event) => setPublished(event.currentTarget.value)}
          />
          <TextInput
            label={words.number}
            value={id}
            autoComplete="off"
            error={idError}
            onChange={(event) => setId(event.currentTarget.value.trim())}
          />
        </div>
        <SumField
          key={currency}
          label={words.targetField}
          currency={currency}
          value={minor}
          {...(isTried && minor === undefined && { error: words.targetNeeded })}
          onChange={setMinor}
        />
        <Autocomplete
          label={words.caseField}
          description={words.caseHint}
          data={[...list.cases]}
          value={caseId}
          onChange={setCase}
        />
        <Textarea
          label={words.text}
          description={words.textHint}
          autosize
          minRows={4}
          maxRows={14}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {digest !== "" && (
          <p className="digest">
            {words.textHash}: <code>{digest}</code>
          </p>
        )}
      </div>
      <div className="buttons">
        <PreviewButton held={held}>{words.preview}</PreviewButton>
        <Button component={Link} href="/posts" variant="default">
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

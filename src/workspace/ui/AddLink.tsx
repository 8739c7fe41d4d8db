import { Button } from "@mantine/core";
import { Link } from "wouter";
import { Icon } from "./icons.tsx";

/** In the head of a list: leads to where one more of it is made. */
export function AddLink({ href, label }: { readonly href: string; readonly label: string }) {
  return (
    <Button component={Link} href={href} leftSection={<Icon name="plus" size={18} />}>
      {label}
    </Button>
  );
}

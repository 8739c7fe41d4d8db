/**
 * Loads what comes after the sign-in while somebody still types: the frame, the screen of this address, and the
 * dialog in which she confirms, also without a connection. It is on the device when her keys are open. What cannot be loaded now is loaded, or said to be missing, when it is needed.
 */
export async function loadAhead(path: string): Promise<void> {
  const [{ firstPath, screenAt }] = await Promise.all([
    import("./routes.tsx"),
    import("./Workspace.tsx"),
    ...dialogs(),
  ]);
  await screenAt(path === "/" ? firstPath : path)?.screen.load();
}

/** They open in the middle of work, perhaps before the browser keeps all files of the program for work without a connection. */
const dialogs = () => [import("#workspace/ui/PreviewDialog.tsx"), import("#workspace/ui/RefusalText.tsx")];

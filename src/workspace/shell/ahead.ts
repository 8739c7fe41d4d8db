/**
 * Loads what comes after the sign-in while somebody still types: the frame, and the screen of this address. It is on the device
 * when her keys are open. What cannot be loaded now is loaded, or said to be missing, when it is needed.
 */
export async function loadAhead(path: string): Promise<void> {
  const [{ firstPath, screenAt }] = await Promise.all([import("./routes.tsx"), import("./Workspace.tsx")]);
  await screenAt(path === "/" ? firstPath : path)?.screen.load();
}

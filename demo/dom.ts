/** The page's element with that id, which must be of that type. */
export function find<E extends HTMLElement>(id: string, type: new () => E): E {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`The page has no ${type.name} #${id}.`);
}

type Properties<E> = { [Name in keyof E]?: E[Name] | undefined };

/** A new element with properties and children. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Shows exactly one of the elements. */
export function showOne(elements: readonly HTMLElement[], shown: HTMLElement): void {
  for (const element of elements) element.hidden = element !== shown;
}

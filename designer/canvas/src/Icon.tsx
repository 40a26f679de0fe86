/** A Material Symbol by name; the font comes with the page's theme. */
export function Icon({ name, className = "" }: { name: string; className?: string }) {
  return (
    <span className={`cpc-icon ${className}`} aria-hidden="true" translate="no">
      {name}
    </span>
  );
}

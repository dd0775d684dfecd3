/** Filters that live in the address: each change is a new one, and the back button goes through them. */
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';

interface AddressFilters {
  /** True while the server is asked. */
  isLoading: boolean;
  /** The text in the search box. */
  text: string;
  /** Takes what is typed; the list is requested once typing has paused for `waitMs`. */
  search: (value: string, waitMs: number) => void;
  /** Sets a filter; empty: takes it away. */
  change: (name: string, value: string) => void;
}

/** `q`: the search of the page as it is shown; `place`: the parameter that says which page of the list, which starts anew with each change. */
export function useAddressFilters(q: string | null, place: string): AddressFilters {
  const router = useRouter();
  const path = usePathname();
  const parameters = useSearchParams();
  const [isLoading, startLoading] = useTransition();
  const [text, setText] = useState(q ?? '');
  const [sent, setSent] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Where the last change leads, also while the server is still asked: a quick second change must not undo the first.
  const wanted = useRef(new URLSearchParams(parameters));
  useEffect(() => {
    wanted.current = new URLSearchParams(parameters);
  }, [parameters]);

  // The back button changes the address under the box.
  if (!isLoading && (q ?? '') !== sent) {
    setSent(q ?? '');
    setText(q ?? '');
  }

  const change = (name: string, value: string) => {
    const next = wanted.current;
    if (value === '') next.delete(name);
    else next.set(name, value);
    next.delete(place);
    startLoading(() => (name === 'q' ? router.replace : router.push)(`${path}?${next}`, { scroll: false }));
  };
  const search = (value: string, waitMs: number) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSent(value.trim());
      change('q', value.trim());
    }, waitMs);
  };
  return { isLoading, text, search, change };
}

import { useInfiniteQuery } from '@tanstack/react-query';
import type { EndpointResponse } from '#kernel/http/contract';
import { call } from '#shell/api';
import { type CollectionItem, type ItemFilter, listItems } from '../../contract.ts';

/** A collection's list as far as it was read. */
export interface ItemList {
  first: EndpointResponse<typeof listItems> | undefined;
  items: readonly CollectionItem[];
  error: unknown;
  more: boolean;
  loading: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** Reads a collection page by page. */
export function useItems(id: string, filter: ItemFilter): ItemList {
  const list = useInfiniteQuery({
    queryKey: [listItems.path, id, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listItems, { params: { id }, query: { ...filter, cursor: pageParam, limit: 50 }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  return {
    first: list.data?.pages[0],
    items: list.data?.pages.flatMap((page) => page.items) ?? [],
    error: list.error,
    more: list.hasNextPage,
    loading: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    retry: () => void list.refetch(),
  };
}

/* SPDX-License-Identifier: MIT */
#include "harness/model/driver_memory.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "impl.h"

static size_t page_bytes(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

int driver_memory_map(struct driver_memory *memory, size_t nr)
{
	void *pages = mmap(NULL, nr * page_bytes(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		return -1;
	*memory = (struct driver_memory){.pages = pages, .nr = nr, .page_bytes = page_bytes()};
	return 0;
}

void driver_memory_unmap(struct driver_memory *memory)
{
	if (memory->pages)
		munmap(memory->pages, memory->nr * memory->page_bytes);
	memory->pages = NULL;
}

struct driver *driver_alloc(struct driver_memory *memory)
{
	char *page = memory->pages + memory->next++ % memory->nr * memory->page_bytes;
	struct driver *drv = (struct driver *)page;

	if (mprotect(page, memory->page_bytes, PROT_READ | PROT_WRITE))
		return NULL;
	*drv = (struct driver){.name = "unregistered"};
	return drv;
}

void driver_free(struct driver *drv)
{
	if (mprotect(drv, page_bytes(), PROT_NONE))
		abort();
}

// The compiled catalogue and the text of the global keys, put into the program's read-only data as they are.
// CMakeLists.txt defines the two paths.

    .section .rodata.scpcheck_catalogue, "a", @progbits
    .global scpcheck_catalogue_blob
    .type scpcheck_catalogue_blob, @object
    .balign 64
scpcheck_catalogue_blob:
    .incbin SCPCHECK_CATALOGUE_BLOB
    .size scpcheck_catalogue_blob, . - scpcheck_catalogue_blob

    .global scpcheck_global_keys
    .type scpcheck_global_keys, @object
scpcheck_global_keys:
    .incbin SCPCHECK_GLOBAL_KEYS
    .byte 0
    .size scpcheck_global_keys, . - scpcheck_global_keys

    .section .note.GNU-stack, "", @progbits

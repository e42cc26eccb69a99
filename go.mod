module github.com/secmodel/secmodel

go 1.26
